import { z } from 'zod';

/**
 * The defaults of layers, epochs, cooling and the perceptron's share were chosen by NDCG@10 on ML-1M with each viewer's newest
 * training film held out among 99 others, leave-one-out as in He et al. 2017. Training both parts on together helped no share.
 */
export const settings = z.object({
  model: z
    .enum(['neumf', 'gmf', 'mlp'])
    .default('neumf')
    .describe('The network: generalised matrix factorisation (gmf), a multilayer perceptron (mlp), or both in one (neumf)'),
  factors: z.number().int().min(8).max(128).multipleOf(8).default(64).describe('Dimensions of taste of the factorisation, in eights'),
  layers: z.number().int().min(1).max(5).default(2).describe('Hidden layers of the perceptron; each is half as wide as the one below'),
  width: z.number().int().min(4).max(64).multipleOf(4).default(8).describe('Width of the last hidden layer, in fours'),
  pretrain: z
    .enum(['none', 'branches', 'ials'])
    .default('ials')
    .describe('How the two parts of neumf begin: at random, each trained alone, or with the vectors of implicit least squares for the factorisation'),
  perceptronShare: z
    .number()
    .min(0)
    .max(1)
    .default(0.15)
    .describe('How much the perceptron counts when both parts are put together after training them alone'),
  epochs: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(16)
    .describe('Passes over the data that train a network, or its perceptron where the parts are trained alone; small data gets more'),
  jointEpochs: z
    .number()
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe('Passes that train both parts together after they were trained alone; after least squares they do harm'),
  negatives: z.number().int().min(1).max(20).default(4).describe('Films drawn at random as not chosen, for each film that was chosen'),
  batch: z
    .number()
    .int()
    .min(1)
    .max(1024)
    .default(64)
    .describe('Chosen films to one step of the weights that all viewers share; 1: a step with each'),
  learningRate: z.number().min(0.000_01).max(0.1).default(0.001).describe('Size of the steps at the start'),
  jointRate: z.number().min(0).max(0.1).default(0.0001).describe('Size of the steps while both parts are trained together'),
  cooling: z.number().min(0.1).max(1).default(0.9).describe('What the steps are multiplied by after each pass'),
  backend: z
    .enum(['kernel', 'tensorflow'])
    .default('kernel')
    .describe('What trains: the built-in kernel, or TensorFlow where the package @tensorflow/tfjs-node is installed'),
});

export type Settings = z.output<typeof settings>;
