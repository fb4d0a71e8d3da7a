import { type App, load } from './load';
import { themes } from './themes';

const copies = new Map<App['stage'], App>();

/** Read once per stage; each rule breaks a copy of its own. */
function copyOf(stage: App['stage']): App {
  const read = copies.get(stage) ?? load(stage);
  copies.set(stage, read);
  return structuredClone(read);
}

describe.each(Object.entries(themes))('%s: a rule sees what breaks it', (_theme, rules) => {
  it.each(Object.entries(rules))('%s', (_fact, { violations, breakIt, on = 'prod' }) => {
    const app = copyOf(on);
    const before = violations(app);
    breakIt(app);
    expect(violations(app).filter((line) => !before.includes(line))).not.toEqual([]);
  });
});
