import { RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import { Secret, type SecretStringGenerator } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.js';

/** Letters and digits: ElastiCache does not take every sign in an AUTH token, and 64 of these are plenty. */
const RANDOM: SecretStringGenerator = { passwordLength: 64, excludePunctuation: true };

/** What only the tasks may know. None of it is ever in a template. */
export class Secrets extends Construct {
  /** Signs addresses of results: `SIGNING_SECRET`. */
  readonly signing: Secret;
  /** AUTH of the queue: `QUEUE_PASSWORD`. */
  readonly queueAuth: Secret;
  /** What the collector reads the metrics with: `METRICS_KEY`. */
  readonly metricsKey: Secret;
  /** Digests of API keys, the text of a file of `okulo keys add`: `API_KEYS`. It begins with no key, and lets nobody in. */
  readonly apiKeys: Secret;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const random = (name: string, description: string) =>
      new Secret(this, name, {
        description,
        generateSecretString: RANDOM,
        removalPolicy: RemovalPolicy.RETAIN,
      });
    this.signing = random('Signing', 'Signs the addresses of results');
    this.queueAuth = random('QueueAuth', 'AUTH token of the queue');
    this.metricsKey = random('MetricsKey', 'Opens the metrics, for the collectors');
    this.apiKeys = new Secret(this, 'ApiKeys', {
      description: 'Digests of API keys, as okulo keys add writes them',
      // A deployment writes it once: CloudFormation leaves it alone for as long as this line stays as it is.
      secretStringValue: SecretValue.unsafePlainText('{"keys":[]}'),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      this,
      'SMG4',
      'Nothing may change one of them alone: running tasks would go on with the old one. docs/aws.md says how to change each.',
    );
  }
}
