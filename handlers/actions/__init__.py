"""What we do, one verb a file; chat, clock and pages all come here."""
