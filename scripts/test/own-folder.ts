// Before anything reads it: tests get a stack of their own beside the one of npm start.
process.env.LOCAL_DIR ??= '.local/test';
