import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A zip of files by their path. */
export async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  return buffer(zip.outputStream as NodeJS.ReadableStream);
}

/** What Letterboxd packs: the files of its account export, with lists, likes and what was deleted in folders. */
export const letterboxdExport = {
  'profile.csv': 'Date Joined,Username,Given Name,Family Name,Email Address,Location,Website,Bio,Pronoun,Favorite Films\n2020-01-01,nora,,,,,,,,\n',
  'watched.csv': 'Date,Name,Year,Letterboxd URI\n2024-01-31,Heat,1995,https://boxd.it/1\n2024-02-02,Clerks,1994,https://boxd.it/2\n',
  'watchlist.csv': 'Date,Name,Year,Letterboxd URI\n2024-05-01,Amelie,2001,https://boxd.it/3\n',
  'diary.csv':
    'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2021-03-03,Heat,1995,https://boxd.it/1a,2,,,2021-03-01\n2024-01-31,Heat,1995,https://boxd.it/1b,4.5,Yes,,2024-01-30\n',
  'reviews.csv':
    'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n2024-01-31,Heat,1995,https://boxd.it/1b,4.5,Yes,"Slow,\nand good.",,2024-01-30\n',
  'ratings.csv': 'Date,Name,Year,Letterboxd URI,Rating\n2024-01-31,Heat,1995,https://boxd.it/1,4.5\n',
  'comments.csv': 'Date,Content,Comment\n2024-01-31,https://boxd.it/x,Hello\n',
  'lists/slow.csv':
    'Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2024-01-01,Slow,,u,\n\nPosition,Name,Year,URL,Description\n1,Mirror,1975,u,\n',
  'likes/films.csv': 'Date,Name,Year,Letterboxd URI\n2024-01-31,Mirror,1975,https://boxd.it/9\n',
  'deleted/diary.csv': 'Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n2020-01-01,Mirror,1975,u,1,,,2020-01-01\n',
} as const;
