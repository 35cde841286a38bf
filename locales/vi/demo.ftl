# The demo page and its tour.
