// Before anything reads it: crashes happen to a stack of their own.
process.env.LOCAL_DIR = '.local/crash';
