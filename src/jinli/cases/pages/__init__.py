"""What the staff pages show, in words: small frozen things that views hand to templates."""
