import { danglingReferences, resolveConditions } from '../../scripts/packaging/resolve-conditions.cjs';

const onLocal = {
  OnAws: { 'Fn::Not': [{ 'Fn::Equals': ['local', 'local'] }] },
  WithTraces: { 'Fn::Or': [{ Condition: 'OnAws' }, { 'Fn::Equals': [true, 'true'] }] },
};

function resolved(template: object) {
  const copy = structuredClone({ Conditions: onLocal, Resources: {}, ...template });
  resolveConditions(copy);
  return copy as Record<string, unknown>;
}

describe('a condition that literals decide', () => {
  it('leaves out what is not for this stage, and its output', () => {
    const { Resources, Outputs } = resolved({
      Resources: { Archive: { Type: 'AWS::Events::Archive', Condition: 'OnAws' } },
      Outputs: { ArchiveName: { Value: 'a', Condition: 'OnAws' } },
    });
    expect({ Resources, Outputs }).toEqual({ Resources: {}, Outputs: {} });
  });

  it('is gone where it is true', () => {
    const { Resources } = resolved({
      Resources: { Group: { Type: 'AWS::XRay::Group', Condition: 'WithTraces' } },
    });
    expect(Resources).toEqual({ Group: { Type: 'AWS::XRay::Group' } });
  });

  it('gives Fn::If its value, and no value where that is meant', () => {
    const Properties = {
      Name: { 'Fn::If': ['OnAws', 'aws', 'local'] },
      Key: { 'Fn::If': ['OnAws', 'key', { Ref: 'AWS::NoValue' }] },
      Tags: [{ 'Fn::If': ['OnAws', 'a', { Ref: 'AWS::NoValue' }] }, 'b'],
    };
    const { Resources } = resolved({ Resources: { Queue: { Properties } } });
    expect(Resources).toEqual({ Queue: { Properties: { Name: 'local', Tags: ['b'] } } });
  });

  it('leaves no condition behind', () => {
    expect(resolved({})).not.toHaveProperty('Conditions');
  });
});

it('a condition that only AWS can decide stays as it is', () => {
  const Conditions = { InIreland: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } };
  const Resources = {
    Queue: { Condition: 'InIreland', Properties: { Name: { 'Fn::If': ['InIreland', 'a', 'b'] } } },
  };
  expect(resolved({ Conditions, Resources })).toEqual({ Conditions, Resources });
});

it('who refers to something left out is named', () => {
  const before = { Archive: {}, Alarm: {} };
  const after = {
    Resources: { Alarm: { DependsOn: 'Archive' } },
    Outputs: { Name: { Value: { Ref: 'Archive' } } },
  };
  expect(danglingReferences(before, after)).toEqual(['Name refers to Archive', 'Alarm refers to Archive']);
});
