"""What the pages of the exchange show, as frozen values in the words of the reader."""
