"""What the pages show and offer, apart from how a request asks for it."""
