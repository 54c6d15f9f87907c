#include "tests/bench/row.hpp"

#include <fmt/core.h>

#include <cstdio>

#include "tests/bench/program.hpp"

namespace taskman::bench {

void print(const Row& row) {
  fmt::print("| {} | {} | {} | {} | {} | {} |\n", row.what, row.figure, row.beside, row.ratio,
             row.target, row.met ? "met" : "**missed**");
  std::fflush(stdout);
}

std::string with_unit(double number, const std::string& words, int decimals) {
  std::string digits = fmt::format("{:.{}f}", number, decimals);
  const auto point = digits.find('.');
  auto end = point == std::string::npos ? digits.size() : point;
  while (end > 3) digits.insert(end -= 3, ",");
  return digits + words;
}

double median_ratio(const std::vector<double>& ours, const std::vector<double>& others) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < ours.size(); ++i) ratios.push_back(ours[i] / others[i]);
  return median(ratios);
}

}  // namespace taskman::bench
