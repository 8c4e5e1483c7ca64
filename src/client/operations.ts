// Made by `npm run fix:client` from schema/. Do not edit.

import type { TypedDocumentString } from './typed-document-string.js';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What a model does. */
export type Task =
  /** Says what a picture shows. */
  | 'CLASSIFY'
  /** Says which pixels are road. */
  | 'SEGMENT_ROAD'
  /** Finds objects and their boxes. */
  | 'DETECT_OBJECTS'
  /** Enlarges a picture, in a job. */
  | 'SUPER_RESOLVE';

/** Where the weights of a model come from. */
export type ModelOrigin =
  /** Published by others, and downloaded. */
  | 'OFFICIAL'
  /** Trained for this service, small, and always there. */
  | 'BUILT_IN'
  /** The operator's own. */
  | 'CUSTOM';

/** Whether a model can be used. */
export type ModelStatus =
  /** It can be used now. */
  | 'READY'
  /** It cannot be used; unavailableReason says why. */
  | 'UNAVAILABLE'
  /** It is being downloaded and prepared; progress says how far that is. */
  | 'PREPARING';

/** Why a model is not there. */
export type ModelAbsence =
  /** The service has not come to it yet. */
  | 'NOT_PREPARED'
  /** It is published elsewhere, and from here nobody answers there. */
  | 'UNREACHABLE'
  /** It is published elsewhere, and was not fetched: downloads are off, or its turn has not come yet. */
  | 'NOT_FETCHED'
  /** Its files are others than they should be, it does not run, or it could not be kept. */
  | 'OTHER';

/** A file format that the service writes. */
export type ImageFormat =
  /** Exact, and large. */
  | 'PNG'
  /** Small; every program reads it. Transparent parts become white. */
  | 'JPEG'
  /** Small, and keeps transparency. */
  | 'WEBP';

/** How far a job is. */
export type JobStatus =
  /** It waits for a worker. */
  | 'QUEUED'
  /** A worker is at it. */
  | 'RUNNING'
  /** It is done; result has the picture. */
  | 'COMPLETED'
  /** It ended without a result; error says why. It can be retried. */
  | 'FAILED'
  /** Its owner stopped it. It can be retried. */
  | 'CANCELED';

/** An image, given in exactly one way. */
export type ImageInput =
  | {
      /** A file of a GraphQL multipart request. */
      readonly upload: Blob;
      readonly url?: never;
      readonly base64?: never;
    }
  | {
      readonly upload?: never; /** An http(s) address; the service downloads it, within its limits and never from a private network. */
      readonly url: string;
      readonly base64?: never;
    }
  | {
      readonly upload?: never;
      readonly url?: never; /** The bytes of an image file in base64, with or without a data: prefix. */
      readonly base64: string;
    };

/** What a pixel of a road picture is; a mask's pixels are its place here. */
export type RoadClass =
  /** Anything else: 0 in a mask. */
  | 'BACKGROUND'
  /** The road: 1 in a mask. */
  | 'ROAD'
  /** A curb: 2 in a mask. Not every model knows it. */
  | 'CURB'
  /** A lane mark or another sign on the road: 3 in a mask. Not every model knows it. */
  | 'MARK';

export type AnalyzeMutationVariables = Exact<{
  image: ImageInput;
  classifier?: string | null | undefined;
  segmenter?: string | null | undefined;
  detector?: string | null | undefined;
  topK?: number | null | undefined;
  made?: boolean | null | undefined;
}>;

export type AnalyzeMutation = {
  readonly analyze: {
    readonly image: { readonly width: number; readonly height: number };
    readonly classification: {
      readonly labels: ReadonlyArray<{ readonly name: string; readonly score: number }>;
      readonly model: { readonly id: string };
    };
    readonly road: {
      readonly areas: ReadonlyArray<{ readonly class: RoadClass; readonly fraction: number }>;
      readonly mask?: { readonly url: string };
      readonly overlay?: { readonly url: string };
      readonly model: { readonly id: string };
    };
    readonly detection: {
      readonly objects: ReadonlyArray<{
        readonly classIndex: number;
        readonly label: string;
        readonly score: number;
        readonly box: {
          readonly x: number;
          readonly y: number;
          readonly width: number;
          readonly height: number;
        };
        readonly classification: {
          readonly labels: ReadonlyArray<{ readonly name: string; readonly score: number }>;
          readonly model: { readonly id: string };
        };
      }>;
      readonly annotated?: { readonly url: string };
      readonly model: { readonly id: string };
    };
  };
};

export type CancelJobMutationVariables = Exact<{
  id: string;
}>;

export type CancelJobMutation = {
  readonly cancelJob: { readonly id: string; readonly status: JobStatus; readonly finishedAt: string | null };
};

export type ClassifyMutationVariables = Exact<{
  image: ImageInput;
  topK?: number | null | undefined;
  minScore?: number | null | undefined;
  model?: string | null | undefined;
}>;

export type ClassifyMutation = {
  readonly classify: {
    readonly labels: ReadonlyArray<{
      readonly index: number;
      readonly synset: string | null;
      readonly name: string;
      readonly score: number;
    }>;
    readonly model: { readonly id: string; readonly origin: ModelOrigin };
    readonly image: {
      readonly width: number;
      readonly height: number;
      readonly format: string;
      readonly bytes: number;
      readonly sha256: string;
    };
    readonly timing: {
      readonly receive: number;
      readonly decode: number;
      readonly queue: number;
      readonly preprocess: number;
      readonly inference: number;
      readonly postprocess: number;
      readonly total: number;
    };
  };
};

export type DeleteJobMutationVariables = Exact<{
  id: string;
}>;

export type DeleteJobMutation = { readonly deleteJob: string };

export type DetectObjectsMutationVariables = Exact<{
  image: ImageInput;
  minScore?: number | null | undefined;
  maxObjects?: number | null | undefined;
  labels?: ReadonlyArray<string> | string | null | undefined;
  model?: string | null | undefined;
  crops?: boolean | null | undefined;
  annotated?: boolean | null | undefined;
}>;

export type DetectObjectsMutation = {
  readonly detectObjects: {
    readonly objects: ReadonlyArray<{
      readonly classIndex: number;
      readonly label: string;
      readonly score: number;
      readonly box: {
        readonly x: number;
        readonly y: number;
        readonly width: number;
        readonly height: number;
        readonly relative: {
          readonly x: number;
          readonly y: number;
          readonly width: number;
          readonly height: number;
        };
      };
      readonly crop?: { readonly url: string };
    }>;
    readonly annotated?: {
      readonly url: string;
      readonly mediaType: string;
      readonly width: number;
      readonly height: number;
    };
    readonly model: { readonly id: string; readonly origin: ModelOrigin; readonly minScore: number | null };
    readonly image: { readonly width: number; readonly height: number };
    readonly timing: {
      readonly decode: number;
      readonly queue: number;
      readonly preprocess: number;
      readonly inference: number;
      readonly postprocess: number;
      readonly total: number;
    };
  };
};

export type EstimateJobQueryVariables = Exact<{
  width: number;
  height: number;
  format?: ImageFormat | null | undefined;
  model?: string | null | undefined;
}>;

export type EstimateJobQuery = {
  readonly estimateJob: {
    readonly outputWidth: number;
    readonly outputHeight: number;
    readonly seconds: number;
    readonly jobsAhead: number;
  };
};

export type JobCountsQueryVariables = Exact<{ [key: string]: never }>;

export type JobCountsQuery = {
  readonly jobCounts: {
    readonly queued: number;
    readonly running: number;
    readonly completed: number;
    readonly failed: number;
    readonly canceled: number;
  };
};

export type JobUpdatedSubscriptionVariables = Exact<{
  id: string;
}>;

export type JobUpdatedSubscription = {
  readonly jobUpdated: {
    readonly id: string;
    readonly name: string | null;
    readonly status: JobStatus;
    readonly position: number | null;
    readonly estimatedSecondsLeft: number | null;
    readonly attempts: number;
    readonly createdAt: string;
    readonly startedAt: string | null;
    readonly finishedAt: string | null;
    readonly outputWidth: number;
    readonly outputHeight: number;
    readonly progress: { readonly tilesDone: number; readonly tilesTotal: number; readonly fraction: number };
    readonly result: {
      readonly url: string;
      readonly mediaType: string;
      readonly width: number;
      readonly height: number;
      readonly bytes: number;
    } | null;
    readonly model: { readonly id: string };
    readonly error: { readonly code: string; readonly message: string } | null;
  };
};

export type JobQueryVariables = Exact<{
  id: string;
  preview?: boolean | null | undefined;
}>;

export type JobQuery = {
  readonly job: {
    readonly id: string;
    readonly name: string | null;
    readonly status: JobStatus;
    readonly position: number | null;
    readonly estimatedSecondsLeft: number | null;
    readonly attempts: number;
    readonly createdAt: string;
    readonly startedAt: string | null;
    readonly finishedAt: string | null;
    readonly outputWidth: number;
    readonly outputHeight: number;
    readonly progress: { readonly tilesDone: number; readonly tilesTotal: number; readonly fraction: number };
    readonly input: { readonly width: number; readonly height: number; readonly format: string };
    readonly source: {
      readonly url: string;
      readonly mediaType: string;
      readonly width: number;
      readonly height: number;
      readonly bytes: number;
    } | null;
    readonly model: { readonly id: string };
    readonly tiles?: {
      readonly columns: number;
      readonly rows: number;
      readonly done: ReadonlyArray<number>;
    } | null;
    readonly preview?: { readonly url: string; readonly width: number; readonly height: number } | null;
    readonly result: {
      readonly url: string;
      readonly expiresAt: string;
      readonly mediaType: string;
      readonly width: number;
      readonly height: number;
      readonly bytes: number;
    } | null;
    readonly error: { readonly code: string; readonly message: string } | null;
  } | null;
};

export type JobsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  status?: JobStatus | null | undefined;
  search?: string | null | undefined;
  thumbnails?: boolean | null | undefined;
}>;

export type JobsQuery = {
  readonly jobs: {
    readonly totalCount: number;
    readonly edges: ReadonlyArray<{
      readonly cursor: string;
      readonly node: {
        readonly id: string;
        readonly name: string | null;
        readonly status: JobStatus;
        readonly position: number | null;
        readonly estimatedSecondsLeft: number | null;
        readonly createdAt: string;
        readonly startedAt: string | null;
        readonly finishedAt: string | null;
        readonly outputWidth: number;
        readonly outputHeight: number;
        readonly input: { readonly width: number; readonly height: number };
        readonly progress: {
          readonly tilesDone: number;
          readonly tilesTotal: number;
          readonly fraction: number;
        };
        readonly thumbnail?: { readonly url: string; readonly width: number; readonly height: number } | null;
        readonly result: { readonly url: string } | null;
        readonly model: { readonly id: string };
        readonly error: { readonly message: string } | null;
      };
    }>;
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
      readonly startCursor: string | null;
      readonly endCursor: string | null;
    };
  };
};

export type LimitsQueryVariables = Exact<{ [key: string]: never }>;

export type LimitsQuery = {
  readonly limits: {
    readonly uploadBytes: number;
    readonly imagePixels: number;
    readonly superResolutionPixels: number;
    readonly formats: ReadonlyArray<string>;
  };
};

export type ModelUpdatedSubscriptionVariables = Exact<{
  id?: string | null | undefined;
}>;

export type ModelUpdatedSubscription = {
  readonly modelUpdated: {
    readonly id: string;
    readonly task: Task;
    readonly status: ModelStatus;
    readonly progress: number | null;
    readonly unavailableReason: string | null;
    readonly unavailableBecause: ModelAbsence | null;
    readonly isDefault: boolean;
  };
};

export type ModelQueryVariables = Exact<{
  id: string;
}>;

export type ModelQuery = {
  readonly model: {
    readonly id: string;
    readonly title: string;
    readonly status: ModelStatus;
    readonly labels: ReadonlyArray<string>;
  } | null;
};

export type ModelsQueryVariables = Exact<{
  task?: Task | null | undefined;
}>;

export type ModelsQuery = {
  readonly models: ReadonlyArray<{
    readonly id: string;
    readonly task: Task;
    readonly title: string;
    readonly origin: ModelOrigin;
    readonly status: ModelStatus;
    readonly unavailableReason: string | null;
    readonly unavailableBecause: ModelAbsence | null;
    readonly isDefault: boolean;
    readonly license: string;
    readonly source: string | null;
    readonly precision: string;
    readonly inputWidth: number | null;
    readonly inputHeight: number | null;
    readonly minScore: number | null;
    readonly unsureBelow: number | null;
    readonly notes: string | null;
    readonly accuracy: string | null;
    readonly better: string | null;
    readonly progress: number | null;
  }>;
};

export type PrepareModelMutationVariables = Exact<{
  id: string;
}>;

export type PrepareModelMutation = {
  readonly prepareModel: {
    readonly id: string;
    readonly status: ModelStatus;
    readonly progress: number | null;
    readonly unavailableReason: string | null;
    readonly unavailableBecause: ModelAbsence | null;
  };
};

export type RetryJobMutationVariables = Exact<{
  id: string;
}>;

export type RetryJobMutation = {
  readonly retryJob: { readonly id: string; readonly status: JobStatus; readonly attempts: number };
};

export type SegmentRoadMutationVariables = Exact<{
  image: ImageInput;
  model?: string | null | undefined;
  opacity?: number | null | undefined;
  mask?: boolean | null | undefined;
  maskBytes?: boolean | null | undefined;
  overlay?: boolean | null | undefined;
  overlayBytes?: boolean | null | undefined;
}>;

export type SegmentRoadMutation = {
  readonly segmentRoad: {
    readonly areas: ReadonlyArray<{
      readonly class: RoadClass;
      readonly fraction: number;
      readonly pixels: number;
    }>;
    readonly mask?: {
      readonly url: string;
      readonly mediaType: string;
      readonly width: number;
      readonly height: number;
      readonly bytes: number;
      readonly expiresAt: string;
      readonly base64?: string;
    };
    readonly overlay?: { readonly url: string; readonly mediaType: string; readonly base64?: string };
    readonly model: { readonly id: string; readonly origin: ModelOrigin };
    readonly image: { readonly width: number; readonly height: number };
    readonly timing: {
      readonly decode: number;
      readonly queue: number;
      readonly preprocess: number;
      readonly inference: number;
      readonly postprocess: number;
      readonly total: number;
    };
  };
};

export type SuperResolveMutationVariables = Exact<{
  image: ImageInput;
  format?: ImageFormat | null | undefined;
  model?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
  name?: string | null | undefined;
}>;

export type SuperResolveMutation = {
  readonly superResolve: {
    readonly id: string;
    readonly name: string | null;
    readonly status: JobStatus;
    readonly position: number | null;
    readonly createdAt: string;
    readonly outputWidth: number;
    readonly outputHeight: number;
    readonly input: { readonly width: number; readonly height: number; readonly sha256: string };
    readonly model: { readonly id: string; readonly origin: ModelOrigin };
  };
};

export const AnalyzeDocument: TypedDocumentString<AnalyzeMutation, AnalyzeMutationVariables> =
  `mutation Analyze($image: ImageInput!, $classifier: ID, $segmenter: ID, $detector: ID, $topK: Int = 3, $made: Boolean = false) {
  analyze(image: $image) {
    image {
      width
      height
    }
    classification(topK: $topK, model: $classifier) {
      labels {
        name
        score
      }
      model {
        id
      }
    }
    road(model: $segmenter) {
      areas {
        class
        fraction
      }
      mask @include(if: $made) {
        url
      }
      overlay @include(if: $made) {
        url
      }
      model {
        id
      }
    }
    detection(model: $detector) {
      objects {
        classIndex
        label
        score
        box {
          x
          y
          width
          height
        }
        classification(topK: 1) {
          labels {
            name
            score
          }
          model {
            id
          }
        }
      }
      annotated @include(if: $made) {
        url
      }
      model {
        id
      }
    }
  }
}`;

export const CancelJobDocument: TypedDocumentString<CancelJobMutation, CancelJobMutationVariables> =
  `mutation CancelJob($id: ID!) {
  cancelJob(id: $id) {
    id
    status
    finishedAt
  }
}`;

export const ClassifyDocument: TypedDocumentString<ClassifyMutation, ClassifyMutationVariables> =
  `mutation Classify($image: ImageInput!, $topK: Int = 5, $minScore: Float = 0, $model: ID) {
  classify(image: $image, topK: $topK, minScore: $minScore, model: $model) {
    labels {
      index
      synset
      name
      score
    }
    model {
      id
      origin
    }
    image {
      width
      height
      format
      bytes
      sha256
    }
    timing {
      receive
      decode
      queue
      preprocess
      inference
      postprocess
      total
    }
  }
}`;

export const DeleteJobDocument: TypedDocumentString<DeleteJobMutation, DeleteJobMutationVariables> =
  `mutation DeleteJob($id: ID!) {
  deleteJob(id: $id)
}`;

export const DetectObjectsDocument: TypedDocumentString<
  DetectObjectsMutation,
  DetectObjectsMutationVariables
> =
  `mutation DetectObjects($image: ImageInput!, $minScore: Float, $maxObjects: Int = 100, $labels: [String!], $model: ID, $crops: Boolean = true, $annotated: Boolean = true) {
  detectObjects(
    image: $image
    minScore: $minScore
    maxObjects: $maxObjects
    labels: $labels
    model: $model
  ) {
    objects {
      classIndex
      label
      score
      box {
        x
        y
        width
        height
        relative {
          x
          y
          width
          height
        }
      }
      crop @include(if: $crops) {
        url
      }
    }
    annotated @include(if: $annotated) {
      url
      mediaType
      width
      height
    }
    model {
      id
      origin
      minScore
    }
    image {
      width
      height
    }
    timing {
      decode
      queue
      preprocess
      inference
      postprocess
      total
    }
  }
}`;

export const EstimateJobDocument: TypedDocumentString<EstimateJobQuery, EstimateJobQueryVariables> =
  `query EstimateJob($width: Int!, $height: Int!, $format: ImageFormat = PNG, $model: ID) {
  estimateJob(width: $width, height: $height, format: $format, model: $model) {
    outputWidth
    outputHeight
    seconds
    jobsAhead
  }
}`;

export const JobCountsDocument: TypedDocumentString<JobCountsQuery, JobCountsQueryVariables> =
  `query JobCounts {
  jobCounts {
    queued
    running
    completed
    failed
    canceled
  }
}`;

export const JobUpdatedDocument: TypedDocumentString<
  JobUpdatedSubscription,
  JobUpdatedSubscriptionVariables
> = `subscription JobUpdated($id: ID!) {
  jobUpdated(id: $id) {
    id
    name
    status
    position
    estimatedSecondsLeft
    attempts
    createdAt
    startedAt
    finishedAt
    outputWidth
    outputHeight
    progress {
      tilesDone
      tilesTotal
      fraction
    }
    result {
      url
      mediaType
      width
      height
      bytes
    }
    model {
      id
    }
    error {
      code
      message
    }
  }
}`;

export const JobDocument: TypedDocumentString<JobQuery, JobQueryVariables> =
  `query Job($id: ID!, $preview: Boolean = true) {
  job(id: $id) {
    id
    name
    status
    position
    estimatedSecondsLeft
    attempts
    createdAt
    startedAt
    finishedAt
    outputWidth
    outputHeight
    progress {
      tilesDone
      tilesTotal
      fraction
    }
    input {
      width
      height
      format
    }
    source {
      url
      mediaType
      width
      height
      bytes
    }
    model {
      id
    }
    tiles @include(if: $preview) {
      columns
      rows
      done
    }
    preview @include(if: $preview) {
      url
      width
      height
    }
    result {
      url
      expiresAt
      mediaType
      width
      height
      bytes
    }
    error {
      code
      message
    }
  }
}`;

export const JobsDocument: TypedDocumentString<JobsQuery, JobsQueryVariables> =
  `query Jobs($first: Int = 20, $after: String, $status: JobStatus, $search: String, $thumbnails: Boolean = true) {
  jobs(first: $first, after: $after, status: $status, search: $search) {
    totalCount
    edges {
      cursor
      node {
        id
        name
        status
        position
        estimatedSecondsLeft
        createdAt
        startedAt
        finishedAt
        input {
          width
          height
        }
        outputWidth
        outputHeight
        progress {
          tilesDone
          tilesTotal
          fraction
        }
        thumbnail @include(if: $thumbnails) {
          url
          width
          height
        }
        result {
          url
        }
        model {
          id
        }
        error {
          message
        }
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}`;

export const LimitsDocument: TypedDocumentString<LimitsQuery, LimitsQueryVariables> = `query Limits {
  limits {
    uploadBytes
    imagePixels
    superResolutionPixels
    formats
  }
}`;

export const ModelUpdatedDocument: TypedDocumentString<
  ModelUpdatedSubscription,
  ModelUpdatedSubscriptionVariables
> = `subscription ModelUpdated($id: ID) {
  modelUpdated(id: $id) {
    id
    task
    status
    progress
    unavailableReason
    unavailableBecause
    isDefault
  }
}`;

export const ModelDocument: TypedDocumentString<ModelQuery, ModelQueryVariables> = `query Model($id: ID!) {
  model(id: $id) {
    id
    title
    status
    labels
  }
}`;

export const ModelsDocument: TypedDocumentString<ModelsQuery, ModelsQueryVariables> =
  `query Models($task: Task) {
  models(task: $task) {
    id
    task
    title
    origin
    status
    unavailableReason
    unavailableBecause
    isDefault
    license
    source
    precision
    inputWidth
    inputHeight
    minScore
    unsureBelow
    notes
    accuracy
    better
    progress
  }
}`;

export const PrepareModelDocument: TypedDocumentString<PrepareModelMutation, PrepareModelMutationVariables> =
  `mutation PrepareModel($id: ID!) {
  prepareModel(id: $id) {
    id
    status
    progress
    unavailableReason
    unavailableBecause
  }
}`;

export const RetryJobDocument: TypedDocumentString<RetryJobMutation, RetryJobMutationVariables> =
  `mutation RetryJob($id: ID!) {
  retryJob(id: $id) {
    id
    status
    attempts
  }
}`;

export const SegmentRoadDocument: TypedDocumentString<SegmentRoadMutation, SegmentRoadMutationVariables> =
  `mutation SegmentRoad($image: ImageInput!, $model: ID, $opacity: Float = 0.6, $mask: Boolean = true, $maskBytes: Boolean = false, $overlay: Boolean = true, $overlayBytes: Boolean = false) {
  segmentRoad(image: $image, model: $model) {
    areas {
      class
      fraction
      pixels
    }
    mask @include(if: $mask) {
      url
      mediaType
      width
      height
      bytes
      expiresAt
      base64 @include(if: $maskBytes)
    }
    overlay(opacity: $opacity) @include(if: $overlay) {
      url
      mediaType
      base64 @include(if: $overlayBytes)
    }
    model {
      id
      origin
    }
    image {
      width
      height
    }
    timing {
      decode
      queue
      preprocess
      inference
      postprocess
      total
    }
  }
}`;

export const SuperResolveDocument: TypedDocumentString<SuperResolveMutation, SuperResolveMutationVariables> =
  `mutation SuperResolve($image: ImageInput!, $format: ImageFormat = PNG, $model: ID, $idempotencyKey: String, $name: String) {
  superResolve(
    image: $image
    format: $format
    model: $model
    idempotencyKey: $idempotencyKey
    name: $name
  ) {
    id
    name
    status
    position
    createdAt
    outputWidth
    outputHeight
    input {
      width
      height
      sha256
    }
    model {
      id
      origin
    }
  }
}`;
