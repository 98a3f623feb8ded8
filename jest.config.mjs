/** Tests run on the TypeScript sources; swc only strips the types. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  globalSetup: '<rootDir>/test/harness/global-setup.ts',
  globalTeardown: '<rootDir>/test/harness/global-teardown.ts',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true } }, module: { type: 'es6' } }] },
  modulePathIgnorePatterns: ['<rootDir>/build/'],
  testTimeout: 30_000,
  // Jest keeps the modules of every file that it has run; a process that holds many of them makes place for a new one.
  workerIdleMemoryLimit: '1GB',
};
