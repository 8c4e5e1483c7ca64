import { Duration } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elb from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LogsBucket } from './logs-bucket.js';
import { ports } from './ports.js';

export interface BalancerProps {
  readonly vpc: ec2.IVpc;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly certificateArn: string;
  readonly logs: LogsBucket;
}

/** How long a connection may say nothing, a WebSocket too: its clients send a ping in less. */
export const IDLE_SECONDS = 300;
/** How long a task that is going may finish what it has. */
export const DEREGISTRATION_SECONDS = 30;

/** HTTPS in front of the APIs. WebSockets pass as they come. */
export class Balancer extends Construct {
  readonly loadBalancer: elb.ApplicationLoadBalancer;
  readonly #listener: elb.ApplicationListener;
  readonly #vpc: ec2.IVpc;

  constructor(scope: Construct, id: string, { vpc, securityGroup, certificateArn, logs }: BalancerProps) {
    super(scope, id);
    this.#vpc = vpc;
    this.loadBalancer = new elb.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      vpcSubnets: { subnetGroupName: 'public' },
      securityGroup,
      internetFacing: true,
      idleTimeout: Duration.seconds(IDLE_SECONDS),
      dropInvalidHeaderFields: true,
    });
    this.#writeAccessLogs(logs.bucket);
    this.loadBalancer.addListener('Http', {
      port: 80,
      open: false,
      defaultAction: elb.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true }),
    });
    this.#listener = this.loadBalancer.addListener('Https', {
      port: 443,
      open: false,
      certificates: [elb.ListenerCertificate.fromArn(certificateArn)],
      // TLS 1.2 with forward secrecy, and 1.3.
      sslPolicy: elb.SslPolicy.TLS13_RES,
    });
  }

  /**
   * Sends requests to a service.
   * @param rule those with these paths; undefined: whatever no other service takes
   */
  route(
    name: string,
    target: elb.IApplicationLoadBalancerTarget,
    rule?: { readonly paths: readonly string[]; readonly priority: number },
  ): elb.ApplicationTargetGroup {
    const group = new elb.ApplicationTargetGroup(this, `${name}Targets`, {
      vpc: this.#vpc,
      protocol: elb.ApplicationProtocol.HTTP,
      port: ports.api,
      targetType: elb.TargetType.IP,
      targets: [target],
      deregistrationDelay: Duration.seconds(DEREGISTRATION_SECONDS),
      // A picture of 12 megapixels takes a hundred times as long as a small one.
      loadBalancingAlgorithmType: elb.TargetGroupLoadBalancingAlgorithmType.LEAST_OUTSTANDING_REQUESTS,
      healthCheck: {
        // An API listens once its models are warm. ECS replaces what fails this: an outage of the queue is not for that.
        path: '/healthz',
        healthyHttpCodes: '200',
        interval: Duration.seconds(10),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 3,
      },
    });
    if (rule === undefined) {
      this.#listener.addTargetGroups(name, { targetGroups: [group] });
    } else {
      this.#listener.addTargetGroups(name, {
        targetGroups: [group],
        conditions: [elb.ListenerCondition.pathPatterns([...rule.paths])],
        priority: rule.priority,
      });
    }
    return group;
  }

  /** By hand: the library's own way asks for a region when a template is made. */
  #writeAccessLogs(bucket: IBucket): void {
    this.loadBalancer.setAttribute('access_logs.s3.enabled', 'true');
    this.loadBalancer.setAttribute('access_logs.s3.bucket', bucket.bucketName);
    this.loadBalancer.setAttribute('access_logs.s3.prefix', LogsBucket.BALANCER_PREFIX);
    // It tries to write when it is made, and has to be allowed to by then.
    if (bucket.policy) this.loadBalancer.node.addDependency(bucket.policy);
  }
}
