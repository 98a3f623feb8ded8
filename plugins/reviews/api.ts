import { service } from '../../core/plugin.ts';

/** For importers and others who bring texts that somebody wrote elsewhere. */
export interface ReviewsService {
  /** Writes a review where the account has none of the film yet. @returns whether it did */
  bring(review: {
    readonly account: number;
    readonly film: number;
    readonly text: string;
    readonly spoiler: boolean;
    readonly at: Date;
  }): Promise<boolean>;
}
export const Reviews = service<ReviewsService>('reviews');
