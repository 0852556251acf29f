// Calls any ATen operator by name through the dispatcher, with autograd, and what no operator offers (backward, generators,
// threads, devices). Knows no operator by name; the managed side does. Processes that work together are in distributed.cpp.
// Compiles against libtorch 1.13 and 2.x.
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/InferenceMode.h>
#include <dlfcn.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include "handles.h"

#include <cstdlib>
#include <mutex>
#include <optional>

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
template <typename T> using Optional = std::optional<T>;
bool autocasts(c10::DeviceType device) { return at::autocast::is_autocast_enabled(device); }
void autocast(c10::DeviceType device, bool enabled) { at::autocast::set_autocast_enabled(device, enabled); }
void autocastTo(c10::DeviceType device, c10::ScalarType type) { at::autocast::set_autocast_dtype(device, type); }
#else
template <typename T> using Optional = c10::optional<T>;
bool autocasts(c10::DeviceType device) {
  return device == c10::kCPU ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled();
}
void autocast(c10::DeviceType device, bool enabled) {
  device == c10::kCPU ? at::autocast::set_cpu_enabled(enabled) : at::autocast::set_enabled(enabled);
}
void autocastTo(c10::DeviceType device, c10::ScalarType type) {
  device == c10::kCPU ? at::autocast::set_autocast_cpu_dtype(type) : at::autocast::set_autocast_gpu_dtype(type);
}
#endif

namespace {

// Mirrors NativeValue.cs.
enum class Tag : int32_t {
  None, Tensor, Integer, Real, Boolean, Integers, Tensors, Text, Device, Generator, Complex
};

struct Value {
  Tag tag;
  int32_t count;
  union {
    void* pointer;
    int64_t integer;
    double real;
  };
  double imaginary;
};

struct Operator {
  c10::OperatorHandle handle;
  std::vector<Optional<c10::IValue>> defaults;
  std::vector<bool> wantsReal;
};

c10::Device deviceOf(const Value& value) {
  return c10::Device(static_cast<c10::DeviceType>(value.count), static_cast<c10::DeviceIndex>(value.integer));
}

c10::IValue toIValue(const Value& value, bool wantsReal) {
  switch (value.tag) {
    case Tag::None: return c10::IValue();
    case Tag::Tensor: return c10::IValue(borrow(value.pointer));
    case Tag::Integer: return wantsReal ? c10::IValue(static_cast<double>(value.integer)) : c10::IValue(value.integer);
    case Tag::Real: return c10::IValue(value.real);
    case Tag::Boolean: return c10::IValue(value.integer != 0);
    case Tag::Integers: {
      auto* first = static_cast<int64_t*>(value.pointer);
      return c10::IValue(c10::ArrayRef<int64_t>(first, value.count));
    }
    case Tag::Tensors: return c10::IValue(borrowAll(static_cast<void**>(value.pointer), value.count));
    case Tag::Text: return c10::IValue(std::string(static_cast<const char*>(value.pointer), value.count));
    case Tag::Device: return c10::IValue(deviceOf(value));
    case Tag::Generator: return c10::IValue(*static_cast<at::Generator*>(value.pointer));
    case Tag::Complex: return c10::IValue(c10::complex<double>(value.real, value.imaginary));
  }
  TORCH_CHECK(false, "unknown value tag ", static_cast<int32_t>(value.tag));
}

Value tensorsValue(const std::vector<at::Tensor>& tensors) {
  auto** handles = static_cast<void**>(std::malloc(sizeof(void*) * (tensors.size() + 1)));
  for (size_t i = 0; i < tensors.size(); i++) handles[i] = release(tensors[i]);
  Value value{Tag::Tensors, static_cast<int32_t>(tensors.size()), {handles}, 0};
  return value;
}

Value fromScalar(const c10::Scalar& scalar) {
  Value value{};
  if (scalar.isComplex()) {
    auto number = scalar.toComplexDouble();
    value.tag = Tag::Complex;
    value.real = number.real();
    value.imaginary = number.imag();
  } else if (scalar.isFloatingPoint()) {
    value.tag = Tag::Real;
    value.real = scalar.toDouble();
  } else {
    value.tag = scalar.isBoolean() ? Tag::Boolean : Tag::Integer;
    value.integer = scalar.toLong();
  }
  return value;
}

Value fromIValue(c10::IValue&& item) {
  if (item.isTensor()) {
    Value value{};
    value.tag = Tag::Tensor;
    value.pointer = release(std::move(item).toTensor());
    return value;
  }
  if (item.isTensorList()) return tensorsValue(item.toTensorVector());
  if (item.isScalar()) return fromScalar(item.toScalar());
  TORCH_CHECK(item.isNone(), "an operator returned ", item.tagKind(), ", which has no managed counterpart");
  return Value{};
}

void fillDefaults(const Operator& op, torch::jit::Stack& stack) {
  for (size_t i = stack.size(); i < op.defaults.size(); i++) {
    TORCH_CHECK(op.defaults[i].has_value(), op.handle.schema().name(), ": argument '",
                op.handle.schema().arguments()[i].name(), "' is missing");
    stack.push_back(*op.defaults[i]);
  }
}

}  // namespace

EXPORT const char* ts_last_error() { return lastError.c_str(); }

EXPORT void* ts_operator(const char* name, const char* overload) {
  return guarded([&]() -> void* {
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(handle.has_value(), "this libtorch has no operator ", name, overload[0] ? "." : "", overload);
    auto op = std::make_unique<Operator>(Operator{*handle, {}, {}});
    for (const auto& argument : handle->schema().arguments()) {
      auto type = argument.type();
      if (auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
      op->wantsReal.push_back(type->kind() == c10::TypeKind::FloatType);
      op->defaults.push_back(argument.default_value());
    }
    return op.release();
  }, nullptr);
}

EXPORT int32_t ts_call(void* operatorHandle, const Value* arguments, int32_t count, Value* results, int32_t capacity) {
  return guarded([&]() -> int32_t {
    const auto& op = *static_cast<Operator*>(operatorHandle);
    static thread_local torch::jit::Stack stack;
    stack.clear();
    for (int32_t i = 0; i < count; i++) stack.push_back(toIValue(arguments[i], op.wantsReal[i]));
    fillDefaults(op, stack);
    op.handle.callBoxed(stack);
    auto returned = static_cast<int32_t>(stack.size());
    TORCH_CHECK(returned <= capacity, op.handle.schema().name(), " returned ", returned, " values, room for ", capacity);
    for (int32_t i = 0; i < returned; i++) results[i] = fromIValue(std::move(stack[i]));
    stack.clear();
    return returned;
  }, -1);
}

EXPORT void ts_free(void* memory) { std::free(memory); }

// Tensors: a handle owns one reference.

EXPORT void ts_tensor_release(void* handle) {
  c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(static_cast<c10::TensorImpl*>(handle));
}

EXPORT void* ts_tensor_share(void* handle) { return release(borrow(handle)); }

struct TensorInfo {
  int64_t dimensions, elements, elementSize, deviceIndex;
  int32_t type, deviceType;
  const int64_t *sizes, *strides;
  int32_t requiresGrad, isLeaf, isContiguous, isInference;
};

EXPORT void ts_tensor_info(void* handle, TensorInfo* info) {
  auto tensor = borrow(handle);
  info->dimensions = tensor.dim();
  info->elements = tensor.numel();
  info->elementSize = tensor.element_size();
  info->type = static_cast<int32_t>(tensor.scalar_type());
  info->deviceType = static_cast<int32_t>(tensor.device().type());
  info->deviceIndex = tensor.device().index();
  info->sizes = tensor.sizes().data();
  info->strides = tensor.strides().data();
  info->requiresGrad = tensor.requires_grad();
  info->isLeaf = tensor.is_leaf();
  info->isContiguous = tensor.is_contiguous();
  info->isInference = tensor.is_inference();
}

EXPORT void* ts_tensor_data(void* handle) {
  return guarded([&]() -> void* { return borrow(handle).data_ptr(); }, nullptr);
}

// Autograd.

EXPORT int32_t ts_tensor_set_requires_grad(void* handle, int32_t value) {
  return guarded([&] { borrow(handle).set_requires_grad(value != 0); return 0; }, -1);
}

EXPORT void* ts_tensor_grad(void* handle) { return release(borrow(handle).grad()); }

EXPORT int32_t ts_tensor_set_grad(void* handle, void* gradient) {
  return guarded([&] { borrow(handle).mutable_grad() = borrow(gradient); return 0; }, -1);
}

EXPORT int32_t ts_backward(void* const* roots, int32_t rootCount, void* const* gradients, int32_t gradientCount,
                           int32_t retainGraph, int32_t createGraph, void* const* inputs, int32_t inputCount) {
  return guarded([&] {
    torch::autograd::backward(borrowAll(roots, rootCount), borrowAll(gradients, gradientCount), retainGraph != 0,
                              createGraph != 0, borrowAll(inputs, inputCount));
    return 0;
  }, -1);
}

EXPORT int32_t ts_grad(void* const* outputs, int32_t outputCount, void* const* inputs, int32_t inputCount,
                       void* const* gradients, int32_t gradientCount, int32_t retainGraph, int32_t createGraph,
                       int32_t allowUnused, void** results) {
  return guarded([&] {
    auto found = torch::autograd::grad(borrowAll(outputs, outputCount), borrowAll(inputs, inputCount),
                                       borrowAll(gradients, gradientCount), retainGraph != 0, createGraph != 0,
                                       allowUnused != 0);
    for (size_t i = 0; i < found.size(); i++) results[i] = release(found[i]);
    return 0;
  }, -1);
}

EXPORT int32_t ts_grad_enabled() { return c10::GradMode::is_enabled(); }
EXPORT void ts_set_grad_enabled(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }
EXPORT void* ts_inference_enter(int32_t enabled) { return new c10::InferenceMode(enabled != 0); }
EXPORT void ts_inference_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

// Autocast, of this thread; TF32, of the process.

EXPORT int32_t ts_autocast_enabled(int32_t device) { return autocasts(static_cast<c10::DeviceType>(device)); }
EXPORT void ts_set_autocast_enabled(int32_t device, int32_t enabled) { autocast(static_cast<c10::DeviceType>(device), enabled != 0); }
EXPORT void ts_set_autocast_type(int32_t device, int32_t type) {
  autocastTo(static_cast<c10::DeviceType>(device), static_cast<c10::ScalarType>(type));
}
EXPORT int32_t ts_autocast_nest(int32_t enter) {
  return enter ? at::autocast::increment_nesting() : at::autocast::decrement_nesting();
}
EXPORT void ts_clear_autocast_cache() { at::autocast::clear_cache(); }

EXPORT int32_t ts_allow_tf32(int32_t convolutions) {
  return convolutions ? at::globalContext().allowTF32CuDNN() : at::globalContext().allowTF32CuBLAS();
}
EXPORT void ts_set_allow_tf32(int32_t convolutions, int32_t allowed) {
  convolutions ? at::globalContext().setAllowTF32CuDNN(allowed != 0) : at::globalContext().setAllowTF32CuBLAS(allowed != 0);
}

// Generators: a handle owns one at::Generator.

EXPORT void* ts_generator_default(int32_t deviceType, int32_t deviceIndex) {
  return guarded([&]() -> void* {
    c10::Device device(static_cast<c10::DeviceType>(deviceType), static_cast<c10::DeviceIndex>(deviceIndex));
    return new at::Generator(at::globalContext().defaultGenerator(device));
  }, nullptr);
}

EXPORT void* ts_generator_new(uint64_t seed) { return new at::Generator(at::detail::createCPUGenerator(seed)); }
EXPORT void ts_generator_release(void* handle) { delete static_cast<at::Generator*>(handle); }

template <typename Body>
auto withGenerator(void* handle, Body body) {
  auto& generator = *static_cast<at::Generator*>(handle);
  std::lock_guard<std::mutex> lock(generator.mutex());
  return body(generator);
}

EXPORT void ts_generator_set_seed(void* handle, uint64_t seed) {
  withGenerator(handle, [&](at::Generator& generator) { generator.set_current_seed(seed); });
}

EXPORT void* ts_generator_state(void* handle) {
  return guarded([&]() -> void* {
    return withGenerator(handle, [](at::Generator& generator) { return release(generator.get_state()); });
  }, nullptr);
}

EXPORT int32_t ts_generator_set_state(void* handle, void* state) {
  return guarded([&] {
    withGenerator(handle, [&](at::Generator& generator) { generator.set_state(borrow(state)); });
    return 0;
  }, -1);
}

EXPORT int32_t ts_manual_seed(uint64_t seed) {
  return guarded([&] { at::manual_seed(seed); return 0; }, -1);
}

// Devices, threads.

EXPORT int32_t ts_cuda_device_count() {
  return guarded([&] { return static_cast<int32_t>(torch::cuda::device_count()); }, 0);
}

EXPORT int32_t ts_cuda_synchronize(int64_t device) {
  return guarded([&] { torch::cuda::synchronize(device); return 0; }, -1);
}

// Debian's libtorch leaves matrix products to an OpenBLAS that counts its own threads.
EXPORT void ts_set_num_threads(int32_t threads) {
  at::set_num_threads(threads);
  if (void* blas = dlopen("libopenblas.so.0", RTLD_NOLOAD | RTLD_LAZY)) {
    if (auto* set = reinterpret_cast<void (*)(int)>(dlsym(blas, "openblas_set_num_threads"))) set(threads);
    dlclose(blas);
  }
}

EXPORT int32_t ts_get_num_threads() { return at::get_num_threads(); }
