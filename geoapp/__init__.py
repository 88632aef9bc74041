"""The audience of the layers: command line, page, exports."""
