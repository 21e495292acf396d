"""The register as a spreadsheet: read, looked at, written whole or not at all; and given out the same."""
