/** Contexts that every kind of deployment is tried with, without an account: digests and the certificate are made up. */
const told = {
  imageDigest: `sha256:${'0a'.repeat(32)}`,
  collectorDigest: `sha256:${'0b'.repeat(32)}`,
  domainName: 'vision.example.com',
  certificateArn: 'arn:aws:acm:eu-central-1:123456789012:certificate/00000000-0000-0000-0000-000000000000',
};

export const EXAMPLE_CONTEXTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  small: { ...told, size: 'small' },
  large: {
    ...told,
    size: 'large',
    alarmEmail: 'operators@example.com',
    allowedOrigins: 'https://app.example.com',
  },
  spot: { ...told, spot: true, architecture: 'arm64' },
  split: { ...told, size: 'large', split: true },
  // Nothing leaves but to AWS.
  closed: { ...told, nat: 0 },
};
