/** A style sheet that the bundler puts beside the program. */
declare module '*.css';
