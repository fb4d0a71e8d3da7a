import { load, STAGES } from './load';
import { themes } from './themes';

describe.each(STAGES)('the packaged stage %s', (stage) => {
  describe.each(Object.entries(themes))('%s', (_theme, rules) => {
    it.each(Object.entries(rules))('%s', (_fact, { violations }) => {
      expect(violations(load(stage))).toEqual([]);
    });
  });
});
