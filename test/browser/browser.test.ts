import { accessibility } from './accessibility.ts';
import { inBrowser } from './harness.ts';
import { keyboardStories } from './keyboard.ts';
import { kindsOfExperiments } from './kinds.ts';
import { managersStory } from './manager.ts';
import { socialStories } from './social.ts';
import { viewersStories } from './viewers.ts';

inBrowser('in a browser', (site) => {
  viewersStories(site);
  socialStories(site);
  keyboardStories(site);
  accessibility(site);
  managersStory(site);
  kindsOfExperiments(site);
});
