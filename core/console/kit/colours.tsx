/// <reference lib="dom" />

/** As the page decided before its scripts came (core/console/html.ts): style sheets and pictures agree. */
const dark = typeof document !== 'undefined' && document.documentElement.dataset['theme'] === 'dark';

/** Told apart with every kind of colour vision (Okabe and Ito), and dark or light enough to be seen on the page's ground. */
export const colours: readonly string[] = dark
  ? ['#4aa8e0', '#f08a45', '#35b391', '#d987b6', '#d1a52a', '#8cc4ea', '#b8b3ad']
  : ['#0072b2', '#c04f00', '#00795a', '#a8487f', '#7a5c00', '#3d8fc4', '#4d4d4d'];

/** The same for more things than can be told apart by colour alone: their names stand beside them. */
export const manyColours: readonly string[] = dark
  ? [...colours, '#c98f5c', '#b58ad6', '#9cc95a', '#f07aa3', '#7fa3d9']
  : ['#0072b2', '#c04f00', '#00795a', '#a8487f', '#b08900', '#3d8fc4', '#4d4d4d', '#8a5a2b', '#7a3fa0', '#5f8f1f', '#c2185b', '#2f4f7f'];

/** The colour that a name of the style sheets has now, for what is drawn by scripts: "--mq-line". */
export const token = (name: string): string =>
  typeof document === 'undefined' ? '' : getComputedStyle(document.documentElement).getPropertyValue(name).trim();
