// An order takes about a second; the slowest token answers after ten, and a busy machine takes its time: one loop of the
// local AWS reads all streams, so a burst of clicks keeps every other reader waiting.
jest.setTimeout(180_000);
