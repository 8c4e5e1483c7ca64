import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type IRole } from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, findingName } from './acknowledge.js';
import { LogsBucket } from './logs-bucket.js';

export interface StoreProps {
  readonly logs: s3.IBucket;
  /** Origins whose pages may read results. */
  readonly origins: readonly string[];
}

/** The service deletes what is older than this itself, unless a rule of the bucket does. */
const KEPT_FOR_DAYS = 1;
const PREFIX = 'okulo';

/** Images, tiles and results. Clients fetch results by presigned addresses, from here and not through the API. */
export class Store extends Construct {
  readonly bucket: s3.Bucket;
  /** `STORAGE_URL` */
  readonly url: string;
  readonly resultTtlSeconds = KEPT_FOR_DAYS * 24 * 60 * 60;

  constructor(scope: Construct, id: string, { logs, origins }: StoreProps) {
    super(scope, id);
    this.bucket = new s3.Bucket(this, 'Bucket', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      serverAccessLogsBucket: logs,
      serverAccessLogsPrefix: LogsBucket.OBJECTS_PREFIX,
      lifecycleRules: [
        {
          id: 'okulo-results',
          prefix: `${PREFIX}/`,
          expiration: Duration.days(KEPT_FOR_DAYS),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      cors: [
        {
          allowedOrigins: [...origins],
          allowedMethods: [s3.HttpMethods.GET],
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag', 'Content-Range', 'Accept-Ranges'],
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { region } = Stack.of(this);
    this.url = `s3://${this.bucket.bucketName}/${PREFIX}?region=${region}&sweep=false`;
  }

  /** The rights of infra/README.md, and no others. */
  grantUse(role: IRole): void {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        sid: 'Objects',
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        resources: [this.bucket.arnForObjects(`${PREFIX}/*`)],
      }),
    );
    acknowledge(
      role,
      `IAM5[Resource::<${findingName(this.bucket)}.Arn>/${PREFIX}/*]`,
      'Objects of the service, whose names are made as they come.',
    );
    role.addToPrincipalPolicy(
      new PolicyStatement({
        sid: 'ListObjects',
        actions: ['s3:ListBucket'],
        resources: [this.bucket.bucketArn],
      }),
    );
  }
}
