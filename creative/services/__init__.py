"""What changes the books of `creative`; one use case a function. Views, tasks and commands call these."""
