import { placer } from '../../scripts/packaging/stack-of.cjs';

const handlers = { CreateOrderLambdaFunction: 'services/orders/handlers/create-order.handler' };
const fn = {
  Type: 'AWS::Lambda::Function',
  Properties: {
    FunctionName: 'orderly-dev-createOrder',
    Role: { 'Fn::GetAtt': ['CreateOrderIamRoleLambdaExecution', 'Arn'] },
  },
};
const target = { 'Fn::GetAtt': ['CreateOrderLambdaFunction', 'Arn'] };
const machine = {
  Type: 'AWS::StepFunctions::StateMachine',
  Properties: {
    RoleArn: { 'Fn::GetAtt': ['SagaRole', 'Arn'] },
    LoggingConfiguration: { Destinations: [{ 'Fn::GetAtt': ['SagaLogGroup', 'Arn'] }] },
  },
};

/** A text that CloudFormation fills in. */
const sub = (text: string, reference: string): string => `${text}\${${reference}}`;

const resources = {
  CreateOrderLambdaFunction: fn,
  CreateOrderIamRoleLambdaExecution: { Type: 'AWS::IAM::Role', Properties: {} },
  CreateOrderLogGroup: {
    Type: 'AWS::Logs::LogGroup',
    Properties: { LogGroupName: '/aws/lambda/orderly-dev-createOrder' },
  },
  Permission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: target } },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { FunctionName: target, EventSourceArn: { 'Fn::GetAtt': ['OrdersTable', 'StreamArn'] } },
  },
  Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { IntegrationUri: target } },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: { Target: { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] } },
  },
  SocketApi: { Type: 'AWS::ApiGatewayV2::Api' },
  SocketStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'SocketApi' } } },
  SocketIntegration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      IntegrationUri: {
        'Fn::Sub': sub('arn:aws:apigateway:…/functions/', 'CreateOrderLambdaFunction.Arn'),
      },
    },
  },
  SocketRoute: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: { Target: { 'Fn::Sub': sub('integrations/', 'SocketIntegration') } },
  },
  ScheduleRule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: target }] } },
  EmailQueue: { Type: 'AWS::SQS::Queue' },
  AlarmTopic: { Type: 'AWS::SNS::Topic' },
  OrdersTable: { Type: 'AWS::DynamoDB::Table' },
  SharedAlarm: { Type: 'AWS::CloudWatch::Alarm' },
  HttpApi: { Type: 'AWS::ApiGatewayV2::Api' },
  Saga: machine,
  SagaRole: { Type: 'AWS::IAM::Role', Properties: {} },
  SagaLogGroup: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/vendedlogs/states/saga' } },
};
const declared = {
  EmailQueue: 'notifications',
  OrdersTable: 'orders',
  SagaLogGroup: 'orders',
  AlarmTopic: 'root',
  SharedAlarm: 'root',
};

const stackOf = (id: string, more: object = {}) =>
  placer({ resources: { ...resources, ...more }, handlers, declared })(id);

describe('the stack of a resource', () => {
  it.each([
    ['CreateOrderLambdaFunction', 'orders', 'a function lies with its handler'],
    ['CreateOrderIamRoleLambdaExecution', 'orders', 'its role goes along'],
    ['CreateOrderLogGroup', 'orders', 'its log group goes along'],
    ['Permission', 'orders', 'a permission lies with its function'],
    ['Mapping', 'orders', 'a mapping lies with its function, not with its source'],
    ['Integration', 'orders', 'an integration lies with its function'],
    ['Route', 'orders', 'a route lies with the function behind its integration'],
    ['SocketApi', 'root', 'a WebSocket API stays in the root'],
    ['SocketStage', 'root', 'its stage goes along'],
    ['SocketIntegration', 'orders', 'its integration lies with the function that it names in a text'],
    ['SocketRoute', 'orders', 'its route lies with the function behind that'],
    ['ScheduleRule', 'orders', 'a rule lies with the function it calls'],
    ['EmailQueue', 'notifications', 'a queue lies with the service that declares it'],
    ['OrdersTable', 'root', 'a table stays in the root, whoever declares it'],
    ['AlarmTopic', 'root', 'a topic stays in the root'],
    ['HttpApi', 'root', 'the API stays in the root'],
    ['SharedAlarm', 'root', 'what a file of the root declares stays there'],
    ['Saga', 'root', 'a state machine stays in the root'],
    ['SagaRole', 'root', 'with its role'],
    ['SagaLogGroup', 'root', 'and its log group, though a service declares it'],
  ])('of %s is %s: %s', (id, stack) => {
    expect(stackOf(id)).toBe(stack);
  });

  it('is an error where nobody owns the resource, and says where to put it', () => {
    const Stray = { Type: 'AWS::SQS::Queue' };
    expect(() => stackOf('Stray', { Stray })).toThrow(
      /Stray \(AWS::SQS::Queue\) has no home.*resources\.yml/,
    );
  });

  it('is an error for a handler outside of services/', () => {
    const place = placer({
      resources,
      handlers: { CreateOrderLambdaFunction: 'src/index.handler' },
      declared,
    });
    expect(() => place('CreateOrderLambdaFunction')).toThrow('"src/index.handler" does not lie in services/');
  });

  it('is an error for a value that only the root can decide', () => {
    const EmailQueue = {
      Type: 'AWS::SQS::Queue',
      Properties: { DelaySeconds: { 'Fn::If': ['IsBig', 1, 2] } },
    };
    expect(() => stackOf('EmailQueue', { EmailQueue })).toThrow(/EmailQueue: Fn::If cannot be resolved/);
  });
});
