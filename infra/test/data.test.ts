/** What is kept, and what is kept secret: queue, bucket, secrets. */
import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { ALL_CONTEXTS, resourceOf, resourcesOf, synthesised } from './kit/synth.js';

const small = synthesised('small');
const { template } = small;

describe('the queue', () => {
  it('is a Valkey of two nodes in two zones, outside of cluster mode, by TLS and with AUTH', () => {
    template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
      Engine: 'valkey',
      NumCacheClusters: 2,
      AutomaticFailoverEnabled: true,
      MultiAZEnabled: true,
      TransitEncryptionEnabled: true,
      TransitEncryptionMode: 'required',
      AtRestEncryptionEnabled: true,
      CacheNodeType: 'cache.t4g.small',
    });
    expect(resourcesOf(small, 'AWS::ElastiCache::ServerlessCache')).toEqual([]);
  });

  it('evicts nothing, by parameters of its own', () => {
    template.hasResourceProperties('AWS::ElastiCache::ParameterGroup', {
      CacheParameterGroupFamily: 'valkey8',
      Properties: { 'maxmemory-policy': 'noeviction', 'cluster-enabled': 'no' },
    });
    template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
      CacheParameterGroupName: { Ref: Match.stringLikeRegexp('^QueueParameters') },
    });
  });

  it('has its token by a reference that CloudFormation resolves', () => {
    const { Properties } = resourceOf(small, 'AWS::ElastiCache::ReplicationGroup', 'QueueGroup');
    expect(JSON.stringify(Properties['AuthToken'])).toMatch(
      /\{\{resolve:secretsmanager:.*SecretsQueueAuth.*:SecretString:::\}\}/,
    );
  });

  it('is where no route leads out', () => {
    const { Properties } = resourceOf(small, 'AWS::ElastiCache::SubnetGroup', 'QueueSubnets');
    const subnets = JSON.stringify(Properties['SubnetIds']);
    expect(subnets.match(/queueSubnet\d/g)).toHaveLength(2);
    const routes = resourcesOf(small, 'AWS::EC2::Route').map(([id]) => id);
    expect(routes.filter((id) => id.includes('queueSubnet'))).toEqual([]);
  });
});

describe('the bucket of results', () => {
  const bucket = resourceOf(small, 'AWS::S3::Bucket', 'StoreBucket');

  it('is private, encrypted, and outlives the stack', () => {
    expect(bucket.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
    expect(bucket.DeletionPolicy).toBe('Retain');
  });

  it('answers to TLS alone', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: { Ref: Match.stringLikeRegexp('^StoreBucket') },
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });

  it('deletes what is old itself, when the service says that it is', () => {
    expect(bucket.Properties['LifecycleConfiguration']).toMatchObject({
      Rules: [{ Prefix: 'okulo/', ExpirationInDays: 1, Status: 'Enabled' }],
    });
    const tasks = JSON.stringify(template.findResources('AWS::ECS::TaskDefinition'));
    expect(tasks).toContain('"Name":"RESULT_TTL_SECONDS","Value":"86400"');
    expect(tasks).toContain('&sweep=false');
  });

  it('is read by pages of the service and of those that were named', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: {
        CorsRules: [
          Match.objectLike({ AllowedMethods: ['GET'], AllowedOrigins: ['https://vision.example.com'] }),
        ],
      },
    });
    synthesised('large').template.hasResourceProperties('AWS::S3::Bucket', {
      CorsConfiguration: {
        CorsRules: [
          Match.objectLike({ AllowedOrigins: ['https://vision.example.com', 'https://app.example.com'] }),
        ],
      },
    });
  });
});

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

describe('tasks', () => {
  const policies = resourcesOf(small, 'AWS::IAM::Policy').filter(([id]) => id.includes('TaskTaskRole'));

  it.each(policies.map(([id]) => id))(
    '%s: may do to the bucket what the service does, and nothing else',
    (id) => {
      const { PolicyDocument } = small.json.Resources[id]?.Properties as {
        PolicyDocument: { Statement: Statement[] };
      };
      const s3 = PolicyDocument.Statement.filter(({ Action }) => JSON.stringify(Action).includes('s3:'));
      const rights = s3.map(({ Action, Resource }) => [
        [Action].flat().sort().join(),
        JSON.stringify(Resource),
      ]);
      expect(rights.sort()).toEqual([
        ['s3:DeleteObject,s3:GetObject,s3:PutObject', expect.stringMatching(/StoreBucket.*\/okulo\/\*/)],
        ['s3:ListBucket', expect.stringMatching(/^\{"Fn::GetAtt":\["StoreBucket\w+","Arn"\]\}$/)],
      ]);
    },
  );
});

describe('secrets', () => {
  it('are four, made where nobody sees them, and kept when the stack goes', () => {
    const secrets = resourcesOf(small, 'AWS::SecretsManager::Secret');
    expect(secrets).toHaveLength(4);
    for (const [, { DeletionPolicy }] of secrets) expect(DeletionPolicy).toBe('Retain');
    template.resourcePropertiesCountIs(
      'AWS::SecretsManager::Secret',
      { GenerateSecretString: { PasswordLength: 64, ExcludePunctuation: true } },
      3,
    );
  });

  it('the keys begin with nobody, so that CloudFormation never writes them again', () => {
    expect(
      resourceOf(small, 'AWS::SecretsManager::Secret', 'SecretsApiKeys').Properties['SecretString'],
    ).toBe('{"keys":[]}');
  });

  it.each(ALL_CONTEXTS)('%s: no template has one in it', (name) => {
    const text = JSON.stringify(synthesised(name).json);
    expect(text).not.toMatch(/okulo_[\w-]{40}|"sha256":/);
  });
});
