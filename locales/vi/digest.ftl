# Morning digest, weekly summary, bundled notices.
