import { Command } from 'commander';

/** A command that only has others: called alone, it tells them, and that is no error. */
export class Group extends Command {
  override help(): never {
    return super.help();
  }
}
