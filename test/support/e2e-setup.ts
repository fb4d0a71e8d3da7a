// An order takes about a second; the slowest token answers after ten.
jest.setTimeout(60_000);
