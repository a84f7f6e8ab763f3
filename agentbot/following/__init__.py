"""Words for visitors who fell silent: planned as rows, looked at again when they are due."""
