import { rmSync } from 'node:fs';
import { files, localDir } from './paths';
import { run } from './problem';
import { stopEverything } from './stop-everything';

void run(async () => {
  console.log(await stopEverything());
  for (const path of [
    files.state,
    files.tmp,
    files.process,
    files.deploy,
    files.port,
    files.awsLog,
    files.deployLog,
  ]) {
    rmSync(path, { recursive: true, force: true });
  }
  console.log(`The state in ${localDir} is gone; the next npm start begins afresh.`);
  return 0;
});
