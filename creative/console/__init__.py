"""What the commands of `creative` share: progress on a terminal, exit codes, wishes from arguments."""
