"""The one request of the page: what a visitor did becomes a view, and the view its parts."""
