import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** Where the balancer and the bucket of results write who has asked for what. */
export class LogsBucket extends Construct {
  static readonly BALANCER_PREFIX = 'balancer';
  static readonly OBJECTS_PREFIX = 'objects/';
  readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, { days }: { readonly days: number }) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      // The balancer writes to no other kind of encryption.
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      lifecycleRules: [
        { expiration: Duration.days(days), abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { account } = Stack.of(this);
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AccessLogsOfTheBalancer',
        actions: ['s3:PutObject'],
        principals: [new ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')],
        resources: [this.bucket.arnForObjects(`${LogsBucket.BALANCER_PREFIX}/AWSLogs/${account}/*`)],
      }),
    );
  }
}
