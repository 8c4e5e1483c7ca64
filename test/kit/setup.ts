// TypeGraphQL's decorators keep their metadata in Reflect.
import 'reflect-metadata';
