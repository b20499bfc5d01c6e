"""What others have written already: folders, repositories, vaults, exports and single files, read into the library."""
