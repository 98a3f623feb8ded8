import fc from 'fast-check';

/** The cases of properties are drawn, but the same ones every time: a failure is one of the code, and can be looked for. */
fc.configureGlobal({ seed: 20260923 });
export default fc;
