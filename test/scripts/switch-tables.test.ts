const { switchTables } = require('../../scripts/packaging/switch-tables.cjs');

const STREAM = 'arn:aws:dynamodb:eu-west-1:1:table/orderly-dev-events-restored/stream/2030';

const template = () => ({
  Resources: {
    EventsTable: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orderly-dev-events' } },
    OtherTable: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orderly-dev-other' } },
    Reader: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Environment: { Variables: { EVENTS: 'orderly-dev-events', OTHER: 'orderly-dev-other' } },
      },
    },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        Resources: [
          { 'Fn::GetAtt': ['EventsTable', 'Arn'] },
          // biome-ignore lint/suspicious/noTemplateCurlyInString: a substitution of CloudFormation
          { 'Fn::Sub': '${EventsTable.Arn}/index/byDay' },
          { 'Fn::GetAtt': ['OtherTable', 'Arn'] },
        ],
      },
    },
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: { 'Fn::GetAtt': ['EventsTable', 'StreamArn'] } },
    },
  },
});

const ARN =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a substitution of CloudFormation
  'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orderly-dev-events-restored';

test('a switched table is the one that every function uses, has rights to and is fed by', () => {
  const switched = template();
  switchTables(switched, `orderly-dev-events=orderly-dev-events-restored@${STREAM}`);
  const { Reader, Role, Mapping, EventsTable, OtherTable } = switched.Resources;
  expect(Reader.Properties.Environment.Variables).toEqual({
    EVENTS: 'orderly-dev-events-restored',
    OTHER: 'orderly-dev-other',
  });
  expect(Role.Properties.Resources).toEqual([
    { 'Fn::Sub': ARN },
    { 'Fn::Sub': `${ARN}/index/byDay` },
    { 'Fn::GetAtt': ['OtherTable', 'Arn'] },
  ]);
  expect(Mapping.Properties.EventSourceArn).toBe(STREAM);
  expect([EventsTable, OtherTable]).toEqual([
    template().Resources.EventsTable,
    template().Resources.OtherTable,
  ]);
});

test('nothing is switched where nothing is asked for', () => {
  const same = template();
  switchTables(same, '');
  expect(same).toEqual(template());
});

test.each([
  ['a table that is not there', 'orderly-dev-nothing=x', 'there is no table orderly-dev-nothing'],
  ['a stream that is not named', 'orderly-dev-events=x', 'has a stream'],
])('%s is an error before anything is deployed', (_what, wanted, message) => {
  expect(() => switchTables(template(), wanted)).toThrow(message);
});
