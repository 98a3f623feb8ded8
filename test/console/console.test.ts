import { whoMayComeIn } from './access.ts';
import { addingFilms } from './films.ts';
import { oneConsole } from './fixture/site.ts';
import { readingLists } from './lists.ts';
import { dataOfPages } from './pages.ts';
import { changingRecords } from './records.ts';
import { pluginsAndSettings } from './settings.ts';

const site = oneConsole();
whoMayComeIn(site);
changingRecords(site);
readingLists(site);
pluginsAndSettings(site);
dataOfPages(site);
addingFilms(site);
