import { describe, expect, it } from 'vitest';
import { hostnameOf, originOf } from '../src/web-address.js';

describe('originOf', () => {
  it.each([
    ['https://app.example.com', 'https://app.example.com'],
    ['HTTPS://App.Example.COM', 'https://app.example.com'],
    ['https://app.example.com:443', 'https://app.example.com'],
    ['http://app.example.com:80', 'http://app.example.com'],
    ['https://app.example.com:80', 'https://app.example.com:80'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['http://[::1]:5173', 'http://[::1]:5173'],
    ['http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['capacitor://localhost', 'capacitor://localhost'],
    ['chrome-extension://abcdefghijklmnop', 'chrome-extension://abcdefghijklmnop'],
  ])('of %s is %s', (text, origin) => {
    expect(originOf(text)).toBe(origin);
  });

  it.each([
    '',
    'null',
    '*',
    'app.example.com',
    '//app.example.com',
    'https://',
    'https:///',
    'https://app.example.com/',
    'https://app.example.com/path',
    'https://app.example.com?x',
    'https://app.example.com#x',
    'https://user@app.example.com',
    'https://user:secret@app.example.com',
    'https://*.example.com',
    'https://app.example.com, https://evil.test',
    'https://app.example.com https://evil.test',
    'https://app.example.com:99999',
    'https://app.example.com:port',
    'https://app.example.com\\@evil.test',
    'https://[::1',
    'file://',
    'data:text/html,x',
    'javascript:alert(1)',
  ])('of %j is none', (text) => {
    expect(originOf(text)).toBeUndefined();
  });
});

describe('hostnameOf', () => {
  it.each([
    ['vision.example.com', 'vision.example.com'],
    ['Vision.Example.COM:8443', 'vision.example.com'],
    ['vision.example.com.', 'vision.example.com'],
    ['vision.example.com.:80', 'vision.example.com'],
    ['my_service:4000', 'my_service'],
    ['127.0.0.1:4000', '127.0.0.1'],
    ['127.0.0.1.', '127.0.0.1'],
    ['[::1]', '[::1]'],
    ['[::1]:4000', '[::1]'],
    ['[::FFFF:7f00:1]', '[::ffff:7f00:1]'],
    ['localhost:', 'localhost'],
  ])('of %s is %s', (authority, name) => {
    expect(hostnameOf(authority)).toBe(name);
  });

  it.each([
    '',
    ':4000',
    '.',
    '..',
    'localhost..',
    '.localhost',
    'a..localhost',
    'user@localhost',
    'user:secret@localhost',
    'localhost:4000:4000',
    'localhost:99999',
    'localhost:http',
    'localhost/',
    'localhost?',
    'localhost#evil.test',
    'evil.test\\localhost',
    'local host',
    'localhost, evil.test',
    'localhost%2eevil.test',
    'evil。test',
    '::1',
    '[::1',
    '[::1]evil.test',
    '[evil.test]',
    '300.1.1.1',
    '*',
  ])('of %j is none', (authority) => {
    expect(hostnameOf(authority)).toBeUndefined();
  });
});
