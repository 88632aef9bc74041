"""The store: a build goes in whole or not at all, in a folder or in PostGIS, and comes out."""
