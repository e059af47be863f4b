"""Activities (事项活动): what can happen to whom, how cases are numbered, and who may be told of it."""
