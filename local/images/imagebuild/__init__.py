"""Builds OCI images from Debian packages and folders, without a container engine. See ../README.md."""
