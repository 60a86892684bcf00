"""The catalogue as files for other programs, below ``api/v1/``. docs/api.md promises that keys are only added to them."""
