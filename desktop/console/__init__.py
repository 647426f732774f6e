"""The commands of the command line, one file for each family. Only the printing of labels imports Qt."""
