"""The files in a repository that build a website and publish it: a workflow for each host, and what it installs."""
