// What starting any dynamically linked C++ program costs: the floor of the command line's figures.
#include <iostream>

int main() { return std::cout ? 0 : 1; }
