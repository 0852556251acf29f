// Processes that train one model: c10d's stores and process groups, and gradients that are summed over the processes in buckets,
// each as soon as backward has filled it. Knows nothing of the managed side's modules.
// Compiles against libtorch 1.13 and 2.x; a backend that the libtorch lacks is refused by name.
#include <ATen/ATen.h>
#include <c10/core/DeviceGuard.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/csrc/distributed/c10d/FileStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#include <torch/version.h>
#ifdef USE_C10D_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif
#ifdef USE_C10D_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>

#include "handles.h"

#if TORCH_VERSION_MAJOR >= 2
using Group = c10d::Backend;
#else
using Group = c10d::ProcessGroup;
#endif

namespace {

using Clock = std::chrono::steady_clock;
using StorePointer = c10::intrusive_ptr<c10d::Store>;
using GroupPointer = c10::intrusive_ptr<Group>;

double secondsBetween(Clock::time_point from, Clock::time_point to) { return std::chrono::duration<double>(to - from).count(); }

GroupPointer makeGroup(const std::string& backend, const StorePointer& store, int rank, int size, const std::string& host,
                       std::chrono::milliseconds timeout) {
#ifdef USE_C10D_GLOO
  if (backend == "gloo") {
    auto options = c10d::ProcessGroupGloo::Options::create(timeout);
    options->devices.push_back(host.empty() ? c10d::ProcessGroupGloo::createDefaultDevice()
                                            : c10d::ProcessGroupGloo::createDeviceForHostname(host));
    return c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options);
  }
#endif
#ifdef USE_C10D_NCCL
  if (backend == "nccl") {
    auto options = c10d::ProcessGroupNCCL::Options::create();
    options->timeout = timeout;
    return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options);
  }
#endif
  TORCH_CHECK(false, "this libtorch has no process groups of the backend '", backend, "'");
}

// Parameters whose gradients travel together: theirs one after the other, then for each whether any process has one.
struct Bucket {
  std::vector<size_t> members;
  std::vector<int64_t> begins;
  at::Tensor values;
  size_t missing = 0;
  c10::intrusive_ptr<c10d::Work> work;
  Clock::time_point launched;
  std::shared_ptr<Clock::time_point> done; // written by the work, which may outlive the bucket
};

class Buckets {
 public:
  Buckets(GroupPointer group, std::vector<at::Tensor> parameters, int64_t bytes)
      : group_(std::move(group)), parameters_(std::move(parameters)), ready_(parameters_.size()), bucketOf_(parameters_.size()) {
    for (size_t i = parameters_.size(); i-- > 0;) place(i, bytes); // backward reaches the last ones first
    for (auto& bucket : buckets_) allocate(bucket);
  }

  // From now to finish() a parameter whose gradient backward has computed is ready to travel.
  void arm() {
    std::lock_guard<std::mutex> lock(mutex_);
    std::fill(ready_.begin(), ready_.end(), false);
    for (auto& bucket : buckets_) {
      bucket.missing = bucket.members.size();
      bucket.work.reset();
    }
    next_ = 0;
    armed_ = true;
  }

  void onGradient(size_t parameter) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (!armed_ || ready_[parameter]) return;
    ready_[parameter] = true;
    buckets_[bucketOf_[parameter]].missing--;
    while (next_ < buckets_.size() && buckets_[next_].missing == 0) launch(buckets_[next_++]);
  }

  // Sends what is left, waits for everything, and leaves the sums where the gradients were.
  // times: seconds in which something was on its way, and of those the ones before this call.
  void finish(double* times) {
    auto begun = Clock::now();
    {
      std::lock_guard<std::mutex> lock(mutex_);
      armed_ = false;
      while (next_ < buckets_.size()) launch(buckets_[next_++]);
    }
    for (auto& bucket : buckets_) {
      bucket.work->wait();
      if (bucket.values.is_cuda()) *bucket.done = Clock::now();
    }
    times[0] = travelling(Clock::time_point::max());
    times[1] = travelling(begun);
    for (auto& bucket : buckets_) putBack(bucket);
  }

  std::vector<at::Tensor>& parameters() { return parameters_; }
  std::vector<std::shared_ptr<torch::autograd::Node>> accumulators; // with the hooks; a variable itself holds its one weakly
  size_t count() const { return buckets_.size(); }

 private:
  GroupPointer group_;
  std::vector<at::Tensor> parameters_;
  std::vector<bool> ready_;
  std::vector<size_t> bucketOf_;
  std::vector<Bucket> buckets_;
  std::mutex mutex_;
  size_t next_ = 0;
  bool armed_ = false;

  void place(size_t parameter, int64_t bytes) {
    auto length = parameters_[parameter].numel();
    auto begin = buckets_.empty() ? 0 : end(buckets_.back());
    if (buckets_.empty() || (begin + length) * 4 > bytes) {
      buckets_.emplace_back();
      begin = 0;
    }
    buckets_.back().members.push_back(parameter);
    buckets_.back().begins.push_back(begin);
    bucketOf_[parameter] = buckets_.size() - 1;
  }

  int64_t end(const Bucket& bucket) const { return bucket.begins.back() + parameters_[bucket.members.back()].numel(); }

  void allocate(Bucket& bucket) {
    auto length = end(bucket) + static_cast<int64_t>(bucket.members.size());
    bucket.values = at::empty({length}, parameters_[bucket.members[0]].options().requires_grad(false));
  }

  at::Tensor slice(const Bucket& bucket, size_t member) const {
    const auto& parameter = parameters_[bucket.members[member]];
    return bucket.values.narrow(0, bucket.begins[member], parameter.numel()).view(parameter.sizes());
  }

  at::Tensor marks(const Bucket& bucket) const {
    return bucket.values.narrow(0, end(bucket), static_cast<int64_t>(bucket.members.size()));
  }

  // A parameter may have a gradient from an earlier micro-batch and none from this one.
  void launch(Bucket& bucket) {
    at::NoGradGuard off;
    std::vector<float> found;
    for (size_t m = 0; m < bucket.members.size(); m++) {
      const auto& gradient = parameters_[bucket.members[m]].grad();
      gradient.defined() ? slice(bucket, m).copy_(gradient) : slice(bucket, m).zero_();
      found.push_back(gradient.defined() ? 1 : 0);
    }
    marks(bucket).copy_(at::tensor(found));
    bucket.launched = Clock::now();
    bucket.done = std::make_shared<Clock::time_point>(bucket.launched);
    std::vector<at::Tensor> travelling{bucket.values};
    bucket.work = group_->allreduce(travelling, c10d::AllreduceOptions());
    if (bucket.values.is_cuda()) return;
    bucket.work->getFuture()->addCallback([done = bucket.done](c10::ivalue::Future&) { *done = Clock::now(); });
  }

  void putBack(Bucket& bucket) {
    at::NoGradGuard off;
    auto found = marks(bucket).cpu();
    for (size_t m = 0; m < bucket.members.size(); m++) {
      if (found.data_ptr<float>()[m] == 0) continue;
      auto& gradient = parameters_[bucket.members[m]].mutable_grad();
      if (gradient.defined()) gradient.copy_(slice(bucket, m));
      else gradient = slice(bucket, m).clone();
    }
  }

  double travelling(Clock::time_point until) const {
    double sum = 0;
    Clock::time_point reached{};
    for (const auto& bucket : buckets_) { // in the order of their departures
      auto from = std::max(reached, bucket.launched);
      auto to = std::min(*bucket.done, until);
      if (to <= from) continue;
      sum += secondsBetween(from, to);
      reached = to;
    }
    return sum;
  }
};

struct Hook : torch::autograd::FunctionPostHook {
  std::weak_ptr<Buckets> buckets;
  size_t parameter;

  Hook(std::weak_ptr<Buckets> buckets, size_t parameter) : buckets(std::move(buckets)), parameter(parameter) {}

  torch::autograd::variable_list operator()(const torch::autograd::variable_list& outputs,
                                            const torch::autograd::variable_list&) override {
    if (auto held = buckets.lock()) held->onGradient(parameter);
    return outputs;
  }
};

void addHooks(const std::shared_ptr<Buckets>& buckets) {
  auto& parameters = buckets->parameters();
  for (size_t i = 0; i < parameters.size(); i++) {
    auto accumulator = torch::autograd::impl::grad_accumulator(parameters[i]);
    TORCH_CHECK(accumulator, "parameter ", i, " takes no gradient");
    accumulator->add_post_hook(std::make_unique<Hook>(buckets, i));
    buckets->accumulators.push_back(std::move(accumulator));
  }
}

const GroupPointer& groupOf(void* handle) { return *static_cast<GroupPointer*>(handle); }

int32_t transfer(void* tensor, const std::function<c10::intrusive_ptr<c10d::Work>(std::vector<at::Tensor>&)>& start) {
  return guarded([&] {
    std::vector<at::Tensor> tensors{borrow(tensor).detach()};
    start(tensors)->wait();
    return 0;
  }, -1);
}

}  // namespace

EXPORT int32_t ts_has_backend(const char* name) {
#ifdef USE_C10D_GLOO
  if (std::string(name) == "gloo") return 1;
#endif
#ifdef USE_C10D_NCCL
  if (std::string(name) == "nccl") return 1;
#endif
  return 0;
}

EXPORT void* ts_store_file(const char* path, int32_t workers) {
  return guarded([&]() -> void* { return new StorePointer(c10::make_intrusive<c10d::FileStore>(path, workers)); }, nullptr);
}

EXPORT void* ts_store_tcp(const char* host, int32_t port, int32_t workers, int32_t isServer, int64_t timeoutMs) {
  return guarded([&]() -> void* {
    c10d::TCPStoreOptions options;
    options.port = static_cast<std::uint16_t>(port);
    options.isServer = isServer != 0;
    options.numWorkers = static_cast<std::size_t>(workers);
    options.timeout = std::chrono::milliseconds(timeoutMs);
    return new StorePointer(c10::make_intrusive<c10d::TCPStore>(host, options));
  }, nullptr);
}

EXPORT int32_t ts_store_set_timeout(void* store, int64_t timeoutMs) {
  return guarded([&] { (*static_cast<StorePointer*>(store))->setTimeout(std::chrono::milliseconds(timeoutMs)); return 0; }, -1);
}

EXPORT void ts_store_release(void* store) { delete static_cast<StorePointer*>(store); }

EXPORT void* ts_group(const char* backend, void* store, int32_t rank, int32_t size, const char* host, int64_t timeoutMs) {
  return guarded([&]() -> void* {
    return new GroupPointer(
        makeGroup(backend, *static_cast<StorePointer*>(store), rank, size, host, std::chrono::milliseconds(timeoutMs)));
  }, nullptr);
}

EXPORT void ts_group_release(void* group) { delete static_cast<GroupPointer*>(group); }

EXPORT int32_t ts_group_sum(void* group, void* tensor) {
  return transfer(tensor, [&](std::vector<at::Tensor>& tensors) {
    return groupOf(group)->allreduce(tensors, c10d::AllreduceOptions());
  });
}

EXPORT int32_t ts_group_broadcast(void* group, void* tensor, int32_t root) {
  return transfer(tensor, [&](std::vector<at::Tensor>& tensors) {
    c10d::BroadcastOptions options;
    options.rootRank = root;
    return groupOf(group)->broadcast(tensors, options);
  });
}

EXPORT void* ts_buckets(void* group, void* const* parameters, int64_t count, int64_t bytes) {
  return guarded([&]() -> void* {
    auto buckets = std::make_shared<Buckets>(groupOf(group), borrowAll(parameters, count), bytes);
    addHooks(buckets);
    return new std::shared_ptr<Buckets>(std::move(buckets));
  }, nullptr);
}

EXPORT void ts_buckets_release(void* buckets) { delete static_cast<std::shared_ptr<Buckets>*>(buckets); }

EXPORT int64_t ts_buckets_count(void* buckets) { return (*static_cast<std::shared_ptr<Buckets>*>(buckets))->count(); }

EXPORT void ts_buckets_arm(void* buckets) { (*static_cast<std::shared_ptr<Buckets>*>(buckets))->arm(); }

EXPORT int32_t ts_buckets_finish(void* buckets, double* times) {
  return guarded([&] { (*static_cast<std::shared_ptr<Buckets>*>(buckets))->finish(times); return 0; }, -1);
}
