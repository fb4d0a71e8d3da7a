import { run } from './problem';
import { stopEverything } from './stop-everything';

void run(async () => {
  console.log(await stopEverything());
  return 0;
});
