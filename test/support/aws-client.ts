import { keys } from '../../scripts/local/aws-env';
import { stack } from './stack';

interface ClientConfig {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
}

/** A client with the root keys of the local AWS: `await awsClient(DynamoDBClient)`. */
export async function awsClient<C>(Client: new (config: ClientConfig) => C): Promise<C> {
  const { endpoint, region } = await stack();
  return new Client({ endpoint, region, credentials: { ...keys } });
}
