// What crosses the border to the managed side: exported functions, the last error, tensors as handles that own one reference.
#pragma once
#include <ATen/ATen.h>

#include <string>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

inline thread_local std::string lastError;

template <typename Body>
auto guarded(Body body, decltype(body()) failure) -> decltype(body()) {
  lastError.clear();
  try {
    return body();
  } catch (const c10::Error& error) {
    lastError = error.what_without_backtrace();
  } catch (const std::exception& error) {
    lastError = error.what();
  }
  if (lastError.empty()) lastError = "libtorch failed without a message";
  return failure;
}

inline void* release(at::Tensor tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

inline at::Tensor borrow(void* handle) {
  using Pointer = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;
  return handle ? at::Tensor(Pointer::reclaim_copy(static_cast<c10::TensorImpl*>(handle))) : at::Tensor();
}

inline std::vector<at::Tensor> borrowAll(void* const* handles, int64_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int64_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
  return tensors;
}
