import { GraphQLDateTime, GraphQLURL } from 'graphql-scalars';
import { GraphQLUpload } from 'graphql-upload-ts';

export { GraphQLDateTime as DateTime, GraphQLUpload as Upload, GraphQLURL as Url };
