import { ofType, one, tables } from '../find';
import { render } from '../intrinsics';
import type { App, Resource } from '../load';
import { type Rules, unless } from '../rule';

const DATA = ['DynamoDB::Table', 'Cognito::UserPool', 'S3::Bucket', 'KMS::Key'];

const isOurs = ({ id }: Resource) => id !== 'ServerlessDeploymentBucket';

const named = (app: App, name: string): Resource[] =>
  tables(app).filter(({ props }) => render(props.TableName) === `orderly-${app.stage}-${name}`);

const eachTable = (
  what: string,
  holds: (props: Resource['props']) => boolean,
  property: string,
): Rules[string] => ({
  violations: (app) =>
    unless(
      tables(app),
      ({ props }) => holds(props),
      () => what,
    ),
  breakIt: (app) => {
    delete one(app, 'DynamoDB::Table').props[property];
  },
});

export const rules: Rules = {
  'each table can be restored to any second': eachTable(
    'no point-in-time recovery',
    (props) => props.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true,
    'PointInTimeRecoverySpecification',
  ),
  'each table is encrypted under a key of its own account': eachTable(
    'no SSESpecification',
    (props) => props.SSESpecification?.SSEEnabled === true,
    'SSESpecification',
  ),
  'each table is named after service, stage and content': {
    violations: (app) =>
      unless(
        tables(app),
        ({ props }) => new RegExp(`^orderly-${app.stage}-[a-z-]+$`).test(render(props.TableName)),
        ({ props }) => render(props.TableName),
      ),
    breakIt: (app) => {
      one(app, 'DynamoDB::Table').props.TableName = 'orders';
    },
  },
  'in prod no table and no user pool can be deleted by mistake': {
    violations: (app) =>
      app.stage !== 'prod'
        ? []
        : [
            ...unless(
              tables(app),
              ({ props }) => props.DeletionProtectionEnabled === true,
              () => 'no deletion protection',
            ),
            ...unless(
              ofType(app, 'Cognito::UserPool'),
              ({ props }) => props.DeletionProtection === 'ACTIVE',
              () => 'no deletion protection',
            ),
          ],
    breakIt: (app) => {
      one(app, 'DynamoDB::Table').props.DeletionProtectionEnabled = false;
    },
  },
  'in prod what holds data outlives its stack': {
    violations: (app) =>
      app.stage !== 'prod'
        ? []
        : unless(
            ofType(app, ...DATA).filter(isOurs),
            ({ deletionPolicy, updateReplacePolicy }) =>
              deletionPolicy === 'Retain' && updateReplacePolicy === 'Retain',
            ({ deletionPolicy }) => `DeletionPolicy is ${deletionPolicy}`,
          ),
    breakIt: (app) => {
      one(app, 'DynamoDB::Table').deletionPolicy = 'Delete';
    },
  },
  'a customer may have a second factor, and no client of the user pool tells who has an account': {
    violations: (app) => [
      ...unless(
        ofType(app, 'Cognito::UserPool'),
        ({ props }) =>
          props.MfaConfiguration === 'OPTIONAL' && props.EnabledMfas?.includes('SOFTWARE_TOKEN_MFA'),
        () => 'no optional TOTP',
      ),
      ...unless(
        ofType(app, 'Cognito::UserPoolClient'),
        ({ props }) => props.PreventUserExistenceErrors === 'ENABLED' && props.EnableTokenRevocation,
        () => 'tells whether a user exists, or revokes no tokens',
      ),
    ],
    breakIt: (app) => {
      delete one(app, 'Cognito::UserPoolClient').props.PreventUserExistenceErrors;
    },
  },
  'idempotency records expire': {
    violations: (app) =>
      unless(
        named(app, 'idempotency'),
        ({ props }) => props.TimeToLiveSpecification?.Enabled === true,
        () => 'no time to live',
      ).concat(named(app, 'idempotency').length === 1 ? [] : ['there is no idempotency table']),
    breakIt: (app) => {
      delete named(app, 'idempotency')[0]?.props.TimeToLiveSpecification;
    },
  },
  'the history is kept for ever, and is the one table of orders with a stream': {
    violations: (app) => [
      ...unless(
        named(app, 'order-events'),
        ({ props }) => props.StreamSpecification && !props.TimeToLiveSpecification,
        () => 'needs a stream and no time to live',
      ),
      ...named(app, 'orders')
        .filter(({ props }) => props.StreamSpecification)
        .map(({ id }) => `${id}: has a stream`),
      ...(named(app, 'order-events').length === 1 ? [] : ['there is no table of order events']),
    ],
    breakIt: (app) => {
      for (const { props } of named(app, 'order-events'))
        props.TimeToLiveSpecification = { AttributeName: 'ttl', Enabled: true };
    },
  },
  'each stream is encrypted': {
    violations: (app) =>
      unless(
        ofType(app, 'Kinesis::Stream'),
        ({ props }) => props.StreamEncryption?.EncryptionType === 'KMS',
        () => 'no StreamEncryption',
      ),
    breakIt: (app) => {
      delete one(app, 'Kinesis::Stream').props.StreamEncryption;
    },
  },
  'what a stream hands to S3 is compressed and lies by its day': {
    violations: (app) =>
      unless(
        ofType(app, 'KinesisFirehose::DeliveryStream'),
        ({ props: { ExtendedS3DestinationConfiguration: to } }) =>
          to?.CompressionFormat === 'GZIP' && to.Prefix.includes('date=!{timestamp:yyyy-MM-dd}/'),
        () => 'no GZIP, or no date in its Prefix',
      ),
    breakIt: (app) => {
      delete one(app, 'KinesisFirehose::DeliveryStream').props.ExtendedS3DestinationConfiguration
        .CompressionFormat;
    },
  },
  'no bucket of ours is public or unencrypted': {
    violations: (app) =>
      unless(
        ofType(app, 'S3::Bucket').filter(isOurs),
        ({ props }) =>
          props.BucketEncryption && Object.values(props.PublicAccessBlockConfiguration ?? {}).every(Boolean),
        () => 'no BucketEncryption or PublicAccessBlockConfiguration',
      ),
    breakIt: (app) => {
      app.resources.push({ id: 'SomeBucket', stack: 'root', type: 'AWS::S3::Bucket', props: {} });
    },
  },
};
