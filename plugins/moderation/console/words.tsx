export const path = '/admin/data/moderation';

export const kinds = { person: 'Profile', review: 'Review', comment: 'Comment', share: 'Note with a film', list: 'List' } as const;
export const reasons: Readonly<Record<string, string>> = {
  spam: 'Advertising or spam',
  insult: 'Insulting or hateful',
  spoiler: 'Gives the story away',
  illegal: 'Against the law',
  other: 'Something else',
};

export type Action = 'dismiss' | 'hide' | 'warn' | 'suspend';
export const actions: Readonly<Record<Action, { verb: string; title: string; says: string }>> = {
  dismiss: {
    verb: 'Dismiss',
    title: 'Dismiss the reports on',
    says: 'Nothing is wrong with it. It stays where it is, and the author hears nothing.',
  },
  hide: { verb: 'Hide', title: 'Hide what was written by', says: 'Nobody but the author sees it any more, until somebody shows it again.' },
  warn: { verb: 'Warn', title: 'Warn', says: 'It stays where it is. The author reads your words among the notifications.' },
  suspend: {
    verb: 'Suspend',
    title: 'Suspend',
    says: 'The author can still read and rate, but write nothing, and the text stays unless you hide it.',
  },
};
export const badges: Readonly<Record<string, 'neutral' | 'info' | 'warn' | 'bad'>> = {
  dismissed: 'neutral',
  hidden: 'info',
  warned: 'warn',
  suspended: 'bad',
};
